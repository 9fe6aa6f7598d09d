"""Admin pages that write through the domain's operations, or not at all."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from recruit.common.admin.export import csv_response
from recruit.common.admin.forms import (
    InlineForm,
    KnownAutocompleteSelect,
    NamedFieldsFormSet,
    OperationForm,
    as_form_error,
    row_version,
)
from recruit.common.refusals import Refused

M = TypeVar("M", bound=models.Model)

# The rows of each inline as its forms state them.
Parts = Mapping[type[models.Model], Sequence[Mapping[str, Any]]]

REFUSAL = "recruit.refusal"

if TYPE_CHECKING:

    class SiteAdmin(admin.ModelAdmin[M]):
        """Django's admin page of one model, with the model as its type."""

    TabularInline = admin.TabularInline[Any, Any]
    StackedInline = admin.StackedInline[Any, Any]
else:

    class SiteAdmin(admin.ModelAdmin, Generic[M]):
        """Django's admin page of one model, with the model as its type."""

    TabularInline = admin.TabularInline
    StackedInline = admin.StackedInline


class ExportingAdmin(SiteAdmin[M]):
    """Lists that can be taken away as a CSV file."""

    csv_columns: Mapping[str, str] = {}  # header -> lookup
    actions = ["export_selected"]
    list_per_page = 50

    def csv_queryset(self, queryset: QuerySet[M]) -> QuerySet[M]:
        """Add the columns that are computed; one query must be enough."""
        return queryset

    @admin.action(description=_("Export selected %(verbose_name_plural)s as CSV"))
    def export_selected(
        self, request: HttpRequest, queryset: QuerySet[M]
    ) -> HttpResponseBase:
        return csv_response(
            queryset=self.csv_queryset(queryset),
            columns=self.csv_columns,
            filename=f"{self.model._meta.model_name}.csv",
        )


class NamedValuesFilter(admin.AllValuesFieldListFilter):
    """A filter by the values there are, in which nothing has a name as well."""

    def choices(self, changelist: Any) -> Any:
        for choice in super().choices(changelist):
            yield {**choice, "display": choice["display"] or _("(none)")}


class ReadOnlyAdmin(ExportingAdmin[M]):
    """Pages that show and change nothing."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False


class OperationAdmin(ExportingAdmin[M]):
    """Pages that make one domain call for each write.

    What the operation refuses is shown in the form, with all that was typed.
    """

    form = OperationForm
    is_deletable = False

    def create(
        self, request: HttpRequest, stated: Mapping[str, Any], parts: Parts
    ) -> M:
        """Make the row that the form and its inlines state."""
        raise NotImplementedError

    def update(
        self, request: HttpRequest, row: M, stated: Mapping[str, Any], parts: Parts
    ) -> None:
        """Change the row to what the form and its inlines state."""
        raise NotImplementedError

    def remove(self, request: HttpRequest, row: M) -> None:
        """Delete the row."""
        raise NotImplementedError

    def page_instead(
        self, request: HttpRequest, refusal: Refused | ValidationError
    ) -> HttpResponse | None:
        """Return what is shown where the same form once more would not help."""
        return None

    def version_of(self, row: models.Model) -> str:
        """Return what differs after somebody has edited the row."""
        return row_version(row)

    def lock(self, row: M) -> M | None:
        """Return the row locked and as it is now, so that no form overtakes another."""
        rows = self.model._default_manager.select_for_update(of=("self",))
        return rows.filter(pk=row.pk).first()

    # What Django's own pages call

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return self.is_deletable and super().has_delete_permission(request, obj)

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> M | None:
        row = super().get_object(request, object_id, from_field)
        if row is None or not is_writing(request):
            return row
        return self.lock(row)

    def get_form(
        self,
        request: HttpRequest,
        obj: M | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.refusal = request.META.get(REFUSAL)
        form.version_of = staticmethod(self.version_of)
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (Refused, ValidationError) as refusal:
            if (page := self.page_instead(request, refusal)) is not None:
                return page
            # Nothing was written. The same form once more, with the reason.
            request.META[REFUSAL] = as_form_error(refusal)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: M, form: Any, change: bool) -> None:
        """Write nothing: `save_related` knows the inlines as well."""

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        parts = {formset.model: stated_rows(formset) for formset in formsets}
        if change:
            self.update(request, form.instance, form.cleaned_data, parts)
        else:
            created = self.create(request, form.cleaned_data, parts)
            # What Django's page goes on with is the row as it was written.
            vars(form.instance).update(vars(created))

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        return super().construct_change_message(request, form, [], add)

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[Any, Any], set[Any], list[Any]]:
        """Leave the parts of a row out of the question who may delete it."""
        rows, counts, _lacking, protected = super().get_deleted_objects(objs, request)
        return rows, counts, set(), protected

    def delete_model(self, request: HttpRequest, obj: M) -> None:
        self.remove(request, obj)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[M]) -> None:
        for row in queryset:
            self.remove(request, row)

    def delete_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        try:
            return super().delete_view(request, object_id, extra_context)
        except Refused as refusal:
            return self._turned_back(request, refusal)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        try:
            return super().changelist_view(request, extra_context)
        except Refused as refusal:
            return self._turned_back(request, refusal)

    def _turned_back(self, request: HttpRequest, refusal: Refused) -> HttpResponse:
        self.message_user(request, str(refusal), messages.ERROR)
        names = (self.opts.app_label, self.opts.model_name)
        return redirect("admin:{}_{}_changelist".format(*names))


class NamelessLog(OperationAdmin[M]):
    """Pages about people: what stays in the log of the admin site names nobody."""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return _without_name(super().log_addition(request, obj, message))

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return _without_name(super().log_change(request, obj, message))


def _without_name(entry: Any) -> Any:
    entry.object_repr = str(entry.object_id)
    entry.save(update_fields=["object_repr"])
    return entry


def is_writing(request: HttpRequest) -> bool:
    """True inside the transaction of a form that was sent."""
    return request.method == "POST" and transaction.get_connection().in_atomic_block


def stated_rows(formset: Any) -> list[dict[str, Any]]:
    """Return what the rows of an inline say, without those taken away."""
    return [
        form.cleaned_data
        for form in formset.forms
        if form.cleaned_data and not form.cleaned_data.get("DELETE")
    ]


class OperationInline(TabularInline):
    """Rows that the page of their parent writes."""

    form = InlineForm
    formset = NamedFieldsFormSet
    extra = 0

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = KnownAutocompleteSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class StackedOperationInline(OperationInline):
    """The same for rows with long texts."""

    template = "admin/edit_inline/stacked.html"


class ReadOnlyInline(TabularInline):
    """Rows that are shown and never written."""

    extra = 0
    can_delete = False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields or ()

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
