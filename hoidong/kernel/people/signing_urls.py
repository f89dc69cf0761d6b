"""Addresses of sign-in, under /tai-khoan/. Only what is used here: no sign-up, no addresses to confirm."""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.urls import path, re_path
from django.views.decorators.cache import never_cache

urlpatterns = [
    path("dang-nhap/", account.login, name="account_login"),
    path("dang-xuat/", account.logout, name="account_logout"),
    path("bi-khoa/", account.account_inactive, name="account_inactive"),
    path("xac-nhan/", account.reauthenticate, name="account_reauthenticate"),
    path("mat-khau/doi/", account.password_change, name="account_change_password"),
    path("mat-khau/dat/", account.password_set, name="account_set_password"),
    path("mat-khau/quen/", account.password_reset, name="account_reset_password"),
    path("mat-khau/quen/da-gui/", account.password_reset_done, name="account_reset_password_done"),
    path("mat-khau/moi/xong/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^mat-khau/moi/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("hai-lop/", factors.index, name="mfa_index"),
    path("hai-lop/dang-nhap/", factors.authenticate, name="mfa_authenticate"),
    path("hai-lop/xac-nhan/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("hai-lop/ung-dung/", never_cache(totp.activate_totp), name="mfa_activate_totp"),
    path("hai-lop/ung-dung/tat/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("hai-lop/ma-du-phong/", never_cache(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("hai-lop/ma-du-phong/moi/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("hai-lop/ma-du-phong/tep/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("khoa/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("khoa/them/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("khoa/dang-nhap/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("khoa/xac-nhan/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("khoa/<int:pk>/bo/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("khoa/<int:pk>/ten/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("dinh-danh/huy/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("dinh-danh/loi/", social.login_error, name="socialaccount_login_error"),
    path("dinh-danh/noi/", social.connections, name="socialaccount_connections"),
    path("oidc/<str:provider_id>/login/", oidc.login, name="openid_connect_login"),
    path("oidc/<str:provider_id>/login/callback/", oidc.callback, name="openid_connect_callback"),
]
