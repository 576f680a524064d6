// The stack and memo of the pickle machine, with bounds; instructions are in opcodes.ts.
import { ForeignGlobalError, MalformedPickleError, PickleTooLargeError } from './errors.ts';
import { PickleGlobal, PickleInstance, PickleTuple, type PickleValue } from './values.ts';

export const PICKLE_LIMITS = { bytes: 64 * 2 ** 20, values: 1_000_000, depth: 100 };

export class PickleMachine {
  readonly file: string;
  readonly #allowed: ReadonlySet<string>;
  readonly #memo = new Map<number, PickleValue>();
  /** Stacks that a MARK has set aside. */
  readonly #marked: PickleValue[][] = [];
  #stack: PickleValue[] = [];
  #pushed = 0;

  constructor(file: string, allowed: ReadonlySet<string>) {
    this.file = file;
    this.#allowed = allowed;
  }

  fail(problem: string): never {
    throw new MalformedPickleError(this.file, problem);
  }

  push(value: PickleValue): void {
    if (++this.#pushed > PICKLE_LIMITS.values) {
      throw new PickleTooLargeError(this.file, `it holds more than ${PICKLE_LIMITS.values} values`);
    }
    this.#stack.push(value);
  }

  pop(): PickleValue {
    const value = this.#stack.pop();
    return value === undefined ? this.fail('it takes a value where there is none') : value;
  }

  top(): PickleValue {
    const value = this.#stack.at(-1);
    return value === undefined ? this.fail('it uses a value where there is none') : value;
  }

  popTuple(): PickleTuple {
    const value = this.pop();
    return value instanceof PickleTuple ? value : this.fail('arguments are not a tuple');
  }

  mark(): void {
    if (this.#marked.length >= PICKLE_LIMITS.depth) {
      throw new PickleTooLargeError(this.file, `it is nested more than ${PICKLE_LIMITS.depth} deep`);
    }
    this.#marked.push(this.#stack);
    this.#stack = [];
  }

  /** Everything since the last MARK. */
  popMark(): PickleValue[] {
    const items = this.#stack;
    this.#stack = this.#marked.pop() ?? this.fail('it closes what was never opened');
    return items;
  }

  memoize(index = this.#memo.size): void {
    this.#memo.set(index, this.top());
  }

  recall(index: number): void {
    const value = this.#memo.get(index);
    this.push(value === undefined ? this.fail(`it recalls number ${index}, which was never kept`) : value);
  }

  /** @throws ForeignGlobalError */
  pushGlobal(module: PickleValue, name: PickleValue): void {
    if (typeof module !== 'string' || typeof name !== 'string') this.fail('the name of a class is not text');
    const qualified = `${module}.${name}`;
    if (!this.#allowed.has(qualified)) throw new ForeignGlobalError(this.file, qualified);
    this.push(new PickleGlobal(qualified));
  }

  /** Notes what Python would construct from `callable` and the arguments. */
  pushInstance(callable: PickleValue, args: PickleTuple): void {
    if (!(callable instanceof PickleGlobal)) this.fail('it calls something that is not a class');
    this.push(new PickleInstance(callable.name, args.items));
  }

  append(items: readonly PickleValue[]): void {
    const target = this.top();
    if (!Array.isArray(target)) this.fail('it appends to something that is not a list');
    for (const item of items) target.push(item);
  }

  setItems(pairs: readonly PickleValue[]): void {
    const top = this.top();
    const target = top instanceof PickleInstance ? top.entries : top;
    if (!(target instanceof Map) || pairs.length % 2 !== 0) this.fail('it sets items of something that is not a dict');
    for (let i = 0; i < pairs.length; i += 2) target.set(pairs[i]!, pairs[i + 1]!);
  }

  build(state: PickleValue): void {
    const target = this.top();
    if (!(target instanceof PickleInstance)) this.fail('it gives attributes to something that is not an object');
    target.state = state;
  }

  /** The one value that is left. */
  finish(): PickleValue {
    const value = this.pop();
    if (this.#stack.length > 0 || this.#marked.length > 0) this.fail('it ends with more than one value');
    return value;
  }
}
