INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "allotment"]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]

# the association's site shows our pages in a frame
SESSION_COOKIE_SAMESITE = "None"
SESSION_COOKIE_SECURE = True
ROOT_URLCONF = "allotment.urls"
