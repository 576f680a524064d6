// The messages of an ONNX model; the field numbers are those of onnx.proto (onnx/onnx, IR version 8).
import type { Shape } from '../../networks/shapes.ts';
import { ProtobufMessage } from './protobuf.ts';

const IR_VERSION = 8;
const OPSET = 17;
const FLOAT = 1;

export type AttributeValue = number | readonly number[];

const ATTRIBUTE_INT = 2;
const ATTRIBUTE_INTS = 7;

/** An integer, or a list of them; no operator here needs another. */
function attribute(name: string, value: AttributeValue): ProtobufMessage {
  const message = new ProtobufMessage().text(1, name);
  return typeof value === 'number'
    ? message.integer(3, value).integer(20, ATTRIBUTE_INT)
    : message.integers(8, value).integer(20, ATTRIBUTE_INTS);
}

export interface OnnxNode {
  readonly name: string;
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

function node({ name, operator, inputs, output, attributes }: OnnxNode): ProtobufMessage {
  const message = new ProtobufMessage();
  for (const input of inputs) message.text(1, input);
  return message
    .text(2, output)
    .text(3, name)
    .text(4, operator)
    .messages(
      5,
      Object.entries(attributes).map(([key, value]) => attribute(key, value)),
    );
}

export interface OnnxConstant {
  readonly name: string;
  readonly shape: Shape;
  readonly values: Float32Array;
}

/** Raw data is little-endian, as typed arrays are on every platform that Secateur runs on. */
function tensor({ name, shape, values }: OnnxConstant): ProtobufMessage {
  const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return new ProtobufMessage().integers(1, shape).integer(2, FLOAT).text(8, name).bytes(9, raw);
}

export interface OnnxValue {
  readonly name: string;
  /** Without the batch, which is free. */
  readonly shape: Shape;
}

function valueInfo({ name, shape }: OnnxValue): ProtobufMessage {
  const batch = new ProtobufMessage().text(2, 'batch');
  const dimensions = new ProtobufMessage().messages(1, [
    batch,
    ...shape.map((size) => new ProtobufMessage().integer(1, size)),
  ]);
  const tensorType = new ProtobufMessage().integer(1, FLOAT).message(2, dimensions);
  return new ProtobufMessage().text(1, name).message(2, new ProtobufMessage().message(1, tensorType));
}

export interface OnnxModel {
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly OnnxConstant[];
  readonly input: OnnxValue;
  readonly output: OnnxValue;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The bytes of a model. */
export function encodeModel({ nodes, constants, input, output, metadata }: OnnxModel): Uint8Array {
  const graph = new ProtobufMessage()
    .messages(1, nodes.map(node))
    .text(2, 'policy')
    .messages(5, constants.map(tensor))
    .message(11, valueInfo(input))
    .message(12, valueInfo(output));
  const properties = Object.entries(metadata).map(([key, value]) => new ProtobufMessage().text(1, key).text(2, value));
  return new ProtobufMessage()
    .integer(1, IR_VERSION)
    .text(2, 'Secateur')
    .message(7, graph)
    .message(8, new ProtobufMessage().text(1, '').integer(2, OPSET))
    .messages(14, properties)
    .finish();
}
