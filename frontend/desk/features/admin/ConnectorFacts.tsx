import { Trans } from "@lingui/react/macro";

const QUESTION = `POST /check HTTP/1.1
Content-Type: application/json
Countersign-Signature: t=1764000000,v1=5f8d…

{"email":"joel@client.example","password":"…","client_number":1042}`;

const CHECK = `def is_ours(header: str, body: bytes, secret: str) -> bool:
    fields = dict(part.split("=", 1) for part in header.split(","))
    signed = hmac.new(secret.encode(), fields["t"].encode() + b"." + body, "sha256").hexdigest()
    return hmac.compare_digest(signed, fields["v1"]) and abs(time.time() - int(fields["t"])) < 300`;

/** What a panel of one's own must answer, for whoever writes that program: what the connector holds itself to. */
export function ConnectorFacts() {
  return (
    <details className="connector-facts">
      <summary>
        <Trans>What your program must do</Trans>
      </summary>
      <p>
        <Trans>Each time a client types a password, this is posted to your address:</Trans>
      </p>
      <pre>{QUESTION}</pre>
      <ol>
        <li>
          <Trans>
            Check the signature: HMAC-SHA256 of the value of <code>t</code>, a full stop and the raw body, under the
            shared secret, in hexadecimal. Answer <code>401</code> where it is not <code>v1</code>, or <code>t</code> is
            more than five minutes off.
          </Trans>
        </li>
        <li>
          <Trans>
            Answer <code>200</code> with <code>{'{"valid": true}'}</code> where the password is right. Answer{" "}
            <code>{'{"valid": false}'}</code> where it is wrong, the address unknown or the account closed: always the
            same, and as far as you can after the same time.
          </Trans>
        </li>
        <li>
          <Trans>
            Answer within five seconds, over HTTPS with a valid certificate. Redirects are not followed. While your
            program is away no try is counted, and the client reads that it cannot be checked just now.
          </Trans>
        </li>
      </ol>
      <p>
        <Trans>The signature in Python:</Trans>
      </p>
      <pre>{CHECK}</pre>
    </details>
  );
}
