import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Reads the 32-byte master key of the data folder, or of `ATELIER_MASTER_KEY` (base64) where files are unwelcome. */
export function readMasterKey(home: string): Buffer {
  const text = process.env.ATELIER_MASTER_KEY || readFileSync(join(home, "master.key"), "utf8");
  const key = Buffer.from(text.trim(), "base64");
  if (key.length !== 32) throw new Error("ATELIER_MASTER_KEY: must be 32 bytes in base64");
  return key;
}

/** A key for one purpose, so that the master key itself encrypts nothing but data keys. */
export function deriveKey(masterKey: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", masterKey, Buffer.alloc(0), purpose, 32));
}

/** AES-256-GCM; base64 of nonce, cipher text and tag. `context` must be the same to open it. */
export function seal(key: Buffer, plain: Buffer, context: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(context));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString("base64");
}

/** The reverse of `seal`; throws when key, context or text are not those of sealing. */
export function open(key: Buffer, sealed: string, context: string): Buffer {
  const bytes = Buffer.from(sealed, "base64");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12)).setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(bytes.length - 16));
  return Buffer.concat([decipher.update(bytes.subarray(12, bytes.length - 16)), decipher.final()]);
}
