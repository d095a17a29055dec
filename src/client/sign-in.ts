/** Paths of the usual single sign-on software: CAS, Shibboleth, SAML, AD FS, Keycloak and other OpenID Connect. */
const SIGN_IN_PATH =
  /\/cas\/login|\/shibboleth\.sso\/|\/idp\/(profile\/saml|shibboleth)|\/saml2?\/|\/adfs\/ls|\/openid-connect\/auth|\/oauth2?\/(v\d(\.\d)?\/)?authorize|\/simplesaml\//i;
const SIGN_IN_HOST = /^(login\.microsoftonline\.com|accounts\.google\.com|login\.live\.com)$/i;
const SIGN_IN_PAGE = /\/(log-?in|sign-?in|dang-?nhap|password-login)(\/|\.\w+)?$/i;

/** Whether an address is that of a sign-in page, which no harvester can pass. */
export function isSignInAddress(url: URL): boolean {
  return (
    SIGN_IN_HOST.test(url.hostname) ||
    SIGN_IN_PATH.test(url.pathname) ||
    SIGN_IN_PAGE.test(url.pathname) ||
    url.searchParams.has("SAMLRequest")
  );
}
