"""Fields and manners that the forms of a case share."""

from django import forms


class PlainText(forms.CharField):
    """Text as it was typed; what no database keeps, a pasted zero byte, drops out of it."""

    def to_python(self, value: object) -> str:
        return super().to_python(value.replace("\x00", "") if isinstance(value, str) else value)


def plain(label: str, rows: int = 3, help_text: str = "", required: str = "") -> PlainText:
    """Optional, unless `required` says what to do when it is empty."""
    return PlainText(
        label=label,
        help_text=help_text,
        required=bool(required),
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required} if required else None,
    )


class AskedFor(forms.Form):
    """An empty field is no mistake until it is sent: no red frame before, and the message is ours."""

    use_required_attribute = False
