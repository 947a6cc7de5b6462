/** Text as a person must see it: what would move the cursor, hide or reverse a part of it is spelt out. */
export const visible = (text: string) => text.split("\n").map(spelt).join("\n");
/** The same for one line: a line break is spelt out as well. */
export const spelt = (line: string) =>
  line.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) as number).toString(16)}}`,
  );
