"""Addresses: the admin, then pages; English lives under /en/. Which host answers which of them: qnportal.hosts."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access

from documents import api as documents_api
from documents.open_data import catalogue, dump
from home import passes, previews
from home.feeds import page_feed
from home.media import urls as media_urls
from home.openapi import openapi
from home.preferences import display_preferences
from home.sitemaps import robots, sitemap_index, sitemap_part
from news.feeds import site_feed
from news.listing import archive
from organisations.signing_in.entering import CodeView, SignInView
from organisations.views import OwnAccountView, ResetPasswordView, accept_invitation, sign_out
from search import views as search

urlpatterns = [
    path("admin/account/", require_admin_access(OwnAccountView.as_view())),
    path("admin/login/", SignInView.as_view()),
    path("admin/login/ma-xac-nhan/", CodeView.as_view(), name="second_factor_code"),
    path("admin/logout/", sign_out),
    path("admin/password_reset/", ResetPasswordView.as_view()),
    path("admin/vao-xem/", passes.give, name="give_pass"),
    path("admin/", include(wagtailadmin_urls)),
    path("vao-xem/", passes.ask, name="ask_pass"),
    path("vao-xem/<str:letter>/", passes.take, name="take_pass"),
    path("xem-truoc/<str:key>/", previews.preview, name="preview"),
    path("xem-truoc/<str:key>/media/<path:path>", previews.preview_picture),
    path("xem-truoc/<str:key>/documents/<int:file_id>/<str:filename>", previews.preview_file),
    path("loi-moi/<str:token>/", accept_invitation, name="accept_invitation"),
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path("sitemap-<int:first>-<int:last>.xml", sitemap_part, name="sitemap_part"),
    path("robots.txt", robots),
    path("api/openapi.json", openapi, name="openapi"),
    path("api/van-ban/", documents_api.documents, name="documents_api"),
    path("api/tim-kiem/", search.api, name="search_api"),
    path("api/goi-y/", search.suggest, name="suggest_api"),
    path("du-lieu-mo/", catalogue, name="open_data"),
    path("du-lieu-mo/<str:name>", dump, name="open_data_file"),
    path("", include(media_urls)),
    path("en/search/", search.results, name="english_search"),
    *i18n_patterns(
        path("hien-thi/", display_preferences, name="display_preferences"),
        path("tim-kiem/", search.results, name="search"),
        path("tin-bai/", archive, name="news_archive"),
        path("rss.xml", site_feed, name="site_feed"),
        path("<path:path>/rss.xml", page_feed),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
