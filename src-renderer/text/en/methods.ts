// Names and explanations of methods by kind and id. English has those of the catalogue; other languages have theirs here.
export const methods: Readonly<Record<string, { readonly name: string; readonly explanation: string }>> = {};
