// What a policy still looks at, and what its zeros are worth.
export const explanation = {
  /** In English the environment's own words; other languages translate those that they know. */
  inputName: (name: string): string => name,
  input: (index: string) => `input ${index}`,
  named: (name: string, index: string) => `${name} (input ${index})`,
  list: (names: readonly string[]): string =>
    names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`,
  more: (count: string) => `${count} more`,
  constantAction: 'It always does the same, whatever it observes.',
  unread: (names: string, rest: string, all: string) =>
    `It no longer looks at ${names}; what decides is ${rest} of ${all} inputs.`,
  constantLayers: (names: string) => `Puts out the same whatever is observed: ${names}.`,
  zeros: (share: string) =>
    `${share} of the weights that remain are zeros inside layers. ONNX and TensorFlow.js files keep them, and most runtimes multiply by them as by any other number; removing whole units makes files smaller and faster everywhere.`,
} as const;
