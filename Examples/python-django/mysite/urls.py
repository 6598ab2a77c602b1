from django.shortcuts import render
from django.urls import path


def index(request):
    return render(request, "index.html", {"name": request.GET.get("name", "world")})


urlpatterns = [path("", index)]
