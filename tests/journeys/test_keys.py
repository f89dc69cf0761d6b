"""Keys of a device, in a real browser with a virtual authenticator: added once, then enough to sign in."""

pytest_plugins = ["tests.journeys.site"]

AUTHENTICATOR = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
    "automaticPresenceSimulation": True,
}  # fmt: skip


def test_a_key_is_added_and_signs_in_without_password_until_it_is_removed(visit):
    clerk = visit("xa2")
    clerk.site = clerk.site.replace("127.0.0.1", "localhost")  # keys belong to names, not to numbers
    clerk.sign_in("xa2")
    device = clerk.context.new_cdp_session(clerk.page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    page = clerk.page

    clerk.go("/tai-khoan/khoa/them/").look("khoa-them")
    page.click("main form[data-passkey] button")
    page.wait_for_selector("text=Đã cất, vào làm việc")
    clerk.go("/tai-khoan/khoa/").look("khoa")

    clerk.go("/tai-khoan/dang-xuat/")
    page.click("main button[type=submit]")
    page.wait_for_selector("text=Dùng khóa của thiết bị")
    page.click("text=Dùng khóa của thiết bị")
    page.wait_for_url("**/ban-lam-viec/")

    clerk.go("/tai-khoan/khoa/")
    page.click("main td >> text=Bỏ")
    page.click("main button[type=submit]")
    page.wait_for_selector("text=Chưa có khóa nào")
    assert not clerk.complaints


def test_at_an_address_that_is_a_number_the_page_says_why_there_are_no_keys(visit):
    clerk = visit("xa2")
    clerk.go("/tai-khoan/khoa/them/")
    assert clerk.page.is_visible("text=mở hệ thống bằng tên miền")
    assert not clerk.page.is_visible("main form[data-passkey]")
