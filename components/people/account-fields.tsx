"use client";

import { Field } from "#components/ui/field.tsx";
import { Input, PasswordInput } from "#components/ui/input.tsx";

export interface AccountFieldsProps {
  /** What is wrong, by the name of the field. */
  errors: Record<string, string>;
  /** An address that is given and cannot be changed. */
  email?: string | null | undefined;
}

/** Name, e-mail and password of a new account. */
export function AccountFields({ errors, email }: AccountFieldsProps) {
  return (
    <>
      <Field label="Your name" error={errors.name}>
        <Input name="name" size="xl" autoComplete="name" maxLength={80} required autoFocus />
      </Field>
      <Field label="E-mail" error={errors.email}>
        <Input
          name="email"
          type="email"
          size="xl"
          autoComplete="username"
          required
          {...(email ? { value: email, readOnly: true } : {})}
        />
      </Field>
      <Field label="Password" error={errors.password} help="8 characters or more">
        <PasswordInput name="password" size="xl" autoComplete="new-password" minLength={8} required />
      </Field>
    </>
  );
}
