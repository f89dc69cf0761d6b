// A national identity for tests: the real oidc-provider, in memory, on loopback. Started by test_identity.py with
// the port, the client's address to come back to, and its secret. Whoever signs in is the account with the number given as
// the login hint: the page of sign-in is answered by itself, everything else is the provider's own.
import Provider from "oidc-provider";

const [port, callback, secret] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const people = JSON.parse(process.env.PEOPLE ?? "{}");

const provider = new Provider(issuer, {
  clients: [{ client_id: "hoidong", client_secret: secret, redirect_uris: [callback], grant_types: ["authorization_code"], response_types: ["code"] }],
  claims: { openid: ["sub"], profile: ["name", "identity_number"] },
  conformIdTokenClaims: false,
  cookies: { keys: ["only-for-tests"] },
  features: { devInteractions: { enabled: false } },
  pkce: { required: () => true },
  interactions: { url: (_context, interaction) => `/sign-in/${interaction.uid}` },
  findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub, ...people[sub] }) }),
});

// Who signs in next is told by GET /next/<sub>; consent is given at once.
let next = "";
provider.use(async (context, then) => {
  if (context.path.startsWith("/next/")) {
    next = context.path.slice("/next/".length);
    context.body = "ok";
    return;
  }
  if (!context.path.startsWith("/sign-in/")) return then();
  const details = await provider.interactionDetails(context.req, context.res);
  if (details.prompt.name === "login") {
    const result = next === "refuse" ? { error: "access_denied" } : { login: { accountId: next } };
    return provider.interactionFinished(context.req, context.res, result);
  }
  const grant = new provider.Grant({ accountId: details.session.accountId, clientId: details.params.client_id });
  grant.addOIDCScope("openid profile");
  grant.addOIDCClaims(["identity_number", "name"]);
  return provider.interactionFinished(context.req, context.res, { consent: { grantId: await grant.save() } }, { mergeWithLastSubmission: true });
});

provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
