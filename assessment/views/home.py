"""The two first pages: for a visitor, and for somebody signed in."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render


def home(request):
    return render(request, "home.html")


@login_required
def start(request):
    return render(request, "start.html")
