import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

const merge = extendTailwindMerge({
  extend: {
    classGroups: {
      "font-size": [
        {
          text: [
            "number",
            "page",
            "page-lg",
            "wordmark",
            "dialog",
            "section",
            "body",
            "name",
            "secondary",
            "label",
            "caption",
            "axis",
            "node",
            "code",
          ],
        },
      ],
    },
  },
});

/** Joins class names; of two that set the same property the later one wins. */
export function cn(...values: ClassValue[]): string {
  return merge(clsx(values));
}
