"""Filters for balances: `{% load entitlements %}`."""

from django import template

from portal.entitlements import amounts

register = template.Library()
register.filter("amount", amounts.words)
