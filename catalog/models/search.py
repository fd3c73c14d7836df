"""What search reads: prepared words per item, the lexicon, synonyms, and searches without a hit."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models.intervention import Intervention
from catalog.models.offering import Offering
from catalog.models.reference import Kind, Theme
from portal import clock
from portal.organisation.models import Faculty


class SearchDocument(models.Model):
    """One row holds the words and facets by which one offering or intervention is found.

    Kept by `services.search_index`; only what can be found has a row (no drafts).
    """

    offering = models.OneToOneField(Offering, models.CASCADE, null=True, related_name="search")
    intervention = models.OneToOneField(Intervention, models.CASCADE, null=True, related_name="search")
    vector = SearchVectorField()
    dutch_title = models.TextField()
    english_title = models.TextField()
    kind = models.ForeignKey(Kind, models.CASCADE, related_name="+")
    theme = models.ForeignKey(Theme, models.CASCADE, null=True, related_name="+")
    audiences = ArrayField(models.CharField(max_length=60), default=list)
    languages = ArrayField(models.CharField(max_length=2), default=list)
    faculty = models.ForeignKey(Faculty, models.CASCADE, null=True, related_name="+")
    form = models.CharField(max_length=12, blank=True)
    pots = ArrayField(models.CharField(max_length=12), default=list)

    class Meta:
        verbose_name = _("search document")
        verbose_name_plural = _("search documents")
        constraints = [
            models.CheckConstraint(
                condition=Q(offering__isnull=True) ^ Q(intervention__isnull=True),
                name="search_document_of_one_item",
            )
        ]
        indexes = [GinIndex(fields=["vector"], name="search_document_words")]

    def __str__(self) -> str:
        return self.dutch_title


class SearchPhrase(models.Model):
    """One row is a title or a search word of an item, against which whole queries are held."""

    document = models.ForeignKey(SearchDocument, models.CASCADE, related_name="phrases")
    text = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("search phrase")
        verbose_name_plural = _("search phrases")

    def __str__(self) -> str:
        return self.text


class SearchTerm(models.Model):
    """One row is a form of a word of the catalogue, with in how many items it occurs.

    Read for weights and for typos: rare words say more, and words of titles and search words (`topics`
    counts these) more than words that only occur in running text. Stems and parts are no words.
    """

    term = models.CharField(max_length=80, unique=True)
    documents = models.PositiveIntegerField(default=0)
    topics = models.PositiveIntegerField(default=0)
    is_word = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("search term")
        verbose_name_plural = _("search terms")
        indexes = [GinIndex(OpClass("term", name="gin_trgm_ops"), name="search_term_trigrams")]

    def __str__(self) -> str:
        return self.term


class SynonymGroup(models.Model):
    """One row is a group of words that mean the same, both ways and across the languages."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    dutch = ArrayField(models.CharField(max_length=80), verbose_name=_("Dutch"), default=list, blank=True)
    english = ArrayField(models.CharField(max_length=80), verbose_name=_("English"), default=list, blank=True)

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ("key",)

    def __str__(self) -> str:
        return self.key


class MissedSearch(models.Model):
    """One row counts how often a search found nothing on a day; who searched is not kept."""

    text = models.CharField(_("search text"), max_length=120)
    language = models.CharField(_("language"), max_length=2)
    day = models.DateField(_("day"), default=clock.today)
    times = models.PositiveIntegerField(_("times"), default=1)

    class Meta:
        verbose_name = _("search without a hit")
        verbose_name_plural = _("searches without a hit")
        ordering = ("-day", "-times", "text")
        constraints = [
            models.UniqueConstraint(fields=["text", "language", "day"], name="missed_search_once_a_day")
        ]

    def __str__(self) -> str:
        return self.text
