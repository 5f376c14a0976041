"""Somebody at a real site's admin, without anything that a browser has beside requests and cookies."""

from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.admin_forms import Controls


class Browser:
    """Somebody logged in, with plain requests."""

    def __init__(self, site):
        self.site, self.cookies = site, {}
        page = self.get("/admin/login/")
        self.post("/admin/login/", page | {"username": site.username, "password": site.password})

    @property
    def headers(self):
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}

    def _send(self, address, method="GET", body=None):
        headers = self.headers
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.site.url}
        response = self.site.get(address, method, body, **headers)
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                self.cookies |= {key: morsel.value for key, morsel in SimpleCookie(value).items()}
        return response

    def get(self, address):
        """The form on the page."""
        response = self._send(address)
        assert response.status == 200, response.status
        page = Controls()
        page.feed(response.content.decode())
        return {name: values for name, values in page.data.items() if "__prefix__" not in name and values}

    def post(self, address, form):
        return self._send(address, "POST", urlencode(form, doseq=True))
