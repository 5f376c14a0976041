"""What a browser would send back of a form in the admin."""

from html.parser import HTMLParser


class Controls(HTMLParser):
    def __init__(self):
        super().__init__()
        self.data = {}
        self.select = self.textarea = None

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        name, kind = attributes.get("name"), attributes.get("type")
        if tag == "option" and self.select and "selected" in attributes:
            self.data[self.select].append(attributes["value"])
        elif tag == "select":
            self.select = name
            self.data.setdefault(name, [])
        elif tag == "textarea":
            self.textarea = name
            self.data[name] = [""]
        elif (
            tag == "input"
            and name
            and kind not in {"submit", "file"}
            and (kind not in {"checkbox", "radio"} or "checked" in attributes)
        ):
            self.data.setdefault(name, []).append(attributes.get("value", "on" if kind == "checkbox" else ""))

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = None
        elif tag == "textarea":
            # The line break after <textarea> is not part of what it holds.
            self.data[self.textarea] = [self.data[self.textarea][0].removeprefix("\n")]
            self.textarea = None

    def handle_data(self, text):
        if self.textarea:
            self.data[self.textarea][0] += text


def filled_in(response, **changes):
    """The form on the page as it would be sent: field names with lists of values, and these changes."""
    page = Controls()
    page.feed(response.content.decode())
    sent = {name: values for name, values in page.data.items() if "__prefix__" not in name and values}
    sent.pop("csrfmiddlewaretoken", None)
    return sent | changes


def new_row(data, prefix, **values):
    """The form with another inline row at the end of this formset."""
    number = int(data[f"{prefix}-TOTAL_FORMS"][0])
    row = {f"{prefix}-{number}-{name}": value for name, value in values.items()}
    return data | {f"{prefix}-TOTAL_FORMS": [str(number + 1)]} | row


def error_at(response, field):
    """The words of error that stand at a field of the form."""
    return list(response.context["adminform"].form.errors.get(field, []))
