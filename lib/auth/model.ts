import { z } from "zod";

/** Kept in lower case: addresses that differ by case are one person. */
export const emailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email("must be an e-mail address"));

export const newPassword = z
  .string()
  .min(8, "needs at least 8 characters")
  .max(200, "may have 200 characters at most");

export const personName = z.string().trim().min(1, "is missing").max(80, "may have 80 characters at most");
