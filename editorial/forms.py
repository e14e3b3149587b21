"""What is asked of whoever decides or requests."""

from django import forms
from django.utils.translation import gettext_lazy as _

NO_REASON = {"required": _("Hãy nêu lý do.")}


class DecisionForm(forms.Form):
    """One box to write in, one button per action that is open to the person, and what it was that the person read."""

    comment = forms.CharField(label=_("Ý kiến"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3}))
    action = forms.ChoiceField(error_messages={"invalid_choice": _("Anh/Chị không được quyết định như vậy ở mục này.")})
    revision = forms.IntegerField(widget=forms.HiddenInput)
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args, actions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["action"].choices = [(action, action) for action in actions]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("action") in {"reject", "override"} and not cleaned.get("comment"):
            self.add_error("comment", NO_REASON["required"])
        return cleaned


class HomeProposalForm(forms.Form):
    note = forms.CharField(
        label=_("Vì sao nên đưa lên trang chủ"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        error_messages=NO_REASON,
    )


class TakedownForm(forms.Form):
    note = forms.CharField(
        label=_("Lý do gỡ"),
        help_text=_("Chỉ người duyệt đọc."),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        error_messages=NO_REASON,
    )
    public_reason = forms.CharField(
        label=_("Lý do công khai"),
        help_text=_("Người đọc thấy câu này ở địa chỉ của bài đã gỡ. Để trống khi không nên nêu lý do."),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )


class WithdrawForm(forms.Form):
    note = forms.CharField(
        label=_("Lý do"), max_length=1000, widget=forms.Textarea({"rows": 4}), error_messages=NO_REASON
    )
