// A started upload goes on by itself; the button stays for whoever has no script.
document.querySelector("form[data-goes-on]")?.requestSubmit();
