// While a number is typed: what it says is filled in where nothing was chosen yet, and a possible double is named.
const watchNumber = () => {
  const number = document.querySelector("#id_number");
  if (!number) return;

  const said = document.createElement("p");
  said.className = "help";
  said.setAttribute("role", "status");
  number.insertAdjacentElement("afterend", said);

  const field = (selector) => document.querySelector(selector);
  const issuer = () => field("#id_document_issuers-0-issuer");
  const page = location.pathname.match(/\/pages\/(\d+)\/edit\//)?.[1] ?? "";
  // The address of this screen starts with that of the admin.
  const address = location.pathname.replace(/pages\/.*$/, "kiem-tra-so-van-ban/");
  let asked = 0;
  let clock;

  const fill = (select, value) => {
    if (select && !select.value && value) select.value = value;
  };

  const ask = async () => {
    const turn = ++asked;
    const query = new URLSearchParams({
      number: number.value,
      issued: field("#id_issued")?.value ?? "",
      issuer: issuer()?.value ?? "",
      page,
    });
    const response = await fetch(`${address}?${query}`).catch(() => null);
    if (!response?.ok || turn !== asked) return;
    const answer = await response.json();
    fill(field("#id_kind"), answer.kind);
    fill(issuer(), answer.issuer);
    said.textContent = [answer.hint, answer.double].filter(Boolean).join(" — ");
    said.classList.toggle("error-message", Boolean(answer.double));
  };

  document.addEventListener("input", (event) => {
    if (!event.target.matches?.("#id_number, #id_issued, #id_document_issuers-0-issuer")) return;
    clearTimeout(clock);
    clock = setTimeout(ask, 300);
  });
};

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", watchNumber);
else watchNumber();
