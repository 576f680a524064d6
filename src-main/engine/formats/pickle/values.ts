// What a pickle describes, as inert data: nothing here is ever called, imported or constructed.

/** The name of a class or function, from the allowlist. */
export class PickleGlobal {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

export class PickleTuple {
  readonly items: readonly PickleValue[];

  constructor(items: readonly PickleValue[]) {
    this.items = items;
  }
}

/** What Python would have got by calling `global` with `args`, and what it would then have been given. */
export class PickleInstance {
  readonly global: string;
  readonly args: readonly PickleValue[];
  /** Of BUILD: its attributes or its own state. */
  state: PickleValue = null;
  /** Of SETITEM(S), for subclasses of dict. */
  readonly entries = new Map<PickleValue, PickleValue>();

  constructor(global: string, args: readonly PickleValue[]) {
    this.global = global;
    this.args = args;
  }
}

/** Something that lies beside the pickle, under this id. */
export class PersistentReference {
  readonly id: PickleValue;

  constructor(id: PickleValue) {
    this.id = id;
  }
}

/** Lists and sets are arrays, dicts are maps, integers beyond 2⁵³ are bigints, bytes are typed arrays. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleValue[]
  | Map<PickleValue, PickleValue>
  | PickleTuple
  | PickleGlobal
  | PickleInstance
  | PersistentReference;
