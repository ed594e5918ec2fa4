// A second checker, written from docs/signed-results.md alone: files in base64, one a line, come in; verdicts go out.
import { createHash, createPublicKey, verify } from "node:crypto";
import { createInterface } from "node:readline";

const keys = JSON.parse(process.argv[2]).keys;

function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const parts = Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${parts.join(",")}}`;
}

function isGenuine(bytes) {
  const document = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  const { signature, ...statement } = document;
  if (document.kind !== "digital-maturity-result" || document.format !== 1) return false;
  const [header, nothing, text, ...more] = signature.split(".");
  const { alg, kid } = JSON.parse(Buffer.from(header, "base64url"));
  const jwk = keys.find((key) => key.kid === kid);
  if (alg !== "EdDSA" || !jwk || nothing !== "" || more.length) return false;
  const thumbprint = createHash("sha256").update(canonical({ crv: jwk.crv, kty: jwk.kty, x: jwk.x })).digest("base64url");
  if (thumbprint !== kid) return false;
  const raw = Buffer.from(text, "base64url");
  if (raw.toString("base64url") !== text) return false;
  const signed = `${header}.${Buffer.from(canonical(statement)).toString("base64url")}`;
  const key = createPublicKey({ format: "jwk", key: jwk });
  return verify(null, Buffer.from(signed), key, raw) && Buffer.from(canonical(document)).equals(bytes);
}

for await (const line of createInterface({ input: process.stdin })) {
  let verdict = false;
  try {
    verdict = isGenuine(Buffer.from(line, "base64"));
  } catch {
    // What can't be read isn't genuine
  }
  console.log(verdict);
}
