"""Someone at a browser: signs in, works in the admin, reads the public pages."""

from playwright.sync_api import expect

PASSWORD = "demo-quangngai"


class Person:
    """One signed-in person with a browser window of their own."""

    def __init__(self, browser, base, username, width=1280):
        self.page = browser.new_context(viewport={"width": width, "height": 900}, locale="vi-VN").new_page()
        self.refused = []
        self.page.on("console", self.note)
        self.base = base.replace("//localhost", "//quantri.localhost")
        self.page.goto(f"{self.base}/admin/login/")
        self.page.fill("#id_username", username)
        self.page.fill("#id_password", PASSWORD)
        self.page.click("button[type=submit]")
        expect(self.page.locator("#id_password")).to_have_count(0)

    def note(self, message):
        """What the policy of content stops is a fault of the page."""
        if "Content Security Policy" in message.text and message.type == "error":
            self.refused.append(message.text)

    def open(self, path):
        """Go to an address of the admin and wait until its scripts have settled."""
        self.page.goto(path if path.startswith("http") else self.base + path)
        self.page.wait_for_load_state("networkidle")
        assert self.refused == []
        return self.page

    def press_action(self, name):
        """Press a button of the editor's menu at the bottom, by its name attribute."""
        button = self.page.locator(f"footer button[name={name}]")
        if not button.is_visible():
            self.page.locator("footer [data-w-dropdown-target=toggle], footer .w-dropdown__toggle").first.click()
        button.click()
        self.page.wait_for_load_state("networkidle")

    def decide(self, title, button, comment=""):
        """From the queue, open the item and press "Duyệt", "Trả lại" or another button of the decision."""
        self.open("/admin/cho-duyet/")
        self.page.get_by_role("link", name=title).first.click()
        if comment:
            self.page.fill("#id_comment", comment)
        self.page.get_by_role("button", name=button, exact=True).click()
        self.page.wait_for_url("**/admin/cho-duyet/")

    def queue(self):
        """The text of the person's queue."""
        return self.open("/admin/cho-duyet/").locator("main").inner_text()

    def shoot(self, folder, name):
        """Keep a picture for the docs."""
        if folder:
            self.page.screenshot(path=f"{folder}/{name}.png")
