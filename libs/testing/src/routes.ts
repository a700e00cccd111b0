import 'reflect-metadata';
import { ACCESS, ANSWER_SCHEMA } from '@bayway/service';

type Class = abstract new (...args: never[]) => unknown;
type Method = (...args: unknown[]) => unknown;
type Argument = Readonly<{ index: number; schema?: unknown }>;

/** One route or message handler, who may use it, and what it fails to declare. */
export type RouteCheck = Readonly<{
  /** Such as `MeConsentsController.page`. */
  name: string;
  kind: 'route' | 'message';
  /** As `@Access` declares it on the method or its class; undefined when it does not. */
  access: unknown;
  /** Empty when access, answer and a schema for every argument are declared. */
  faults: readonly string[];
}>;

const PATH = 'path';
const PATTERN = 'microservices:pattern';
const ARGUMENTS = '__routeArguments__';
/** Kinds of HTTP arguments that carry nothing a caller sent: the response and what comes next. */
const OURS = ['1', '2'];
/** The kind of a message's context. */
const CONTEXT = '6';

/**
 * Looks at every route and message handler of a Nest module, for a spec that holds them to the rule of the house:
 * each declares who may use it, what it answers, and a schema for every argument.
 * @param module the service's own module; what it imports is looked at too
 * @example
 * it.each(routesOf(ConsentModule))('$name', ({ faults }) => expect(faults).toEqual([]));
 */
export function routesOf(module: Class): RouteCheck[] {
  const imports = listIn(module, 'imports').filter((each) => typeof each === 'function');
  return [...listIn(module, 'controllers').flatMap(checksOf), ...imports.flatMap(routesOf)];
}

const listIn = (module: Class, key: string): Class[] => (Reflect.getMetadata(key, module) as Class[] | undefined) ?? [];

function checksOf(controller: Class): RouteCheck[] {
  const prototype = controller.prototype as Record<string, unknown>;
  return Object.getOwnPropertyNames(prototype).flatMap((key) => {
    const method = prototype[key];
    if (key === 'constructor' || typeof method !== 'function') return [];
    if (Reflect.hasMetadata(PATTERN, method)) return [checkOf(controller, key, 'message')];
    return Reflect.hasMetadata(PATH, method) ? [checkOf(controller, key, 'route')] : [];
  });
}

function checkOf(controller: Class, key: string, kind: RouteCheck['kind']): RouteCheck {
  const method = (controller.prototype as Record<string, Method>)[key] as Method;
  const access: unknown = Reflect.getMetadata(ACCESS, method) ?? Reflect.getMetadata(ACCESS, controller);
  const faults = [
    ...(access === undefined ? ['declares no access'] : []),
    ...(Reflect.hasMetadata(ANSWER_SCHEMA, method) ? [] : ['declares no answer']),
    ...argumentFaults(controller, key, kind),
  ];
  return { name: `${controller.name}.${key}`, kind, access, faults };
}

function argumentFaults(controller: Class, key: string, kind: RouteCheck['kind']): string[] {
  const declared = Object.entries((Reflect.getMetadata(ARGUMENTS, controller, key) ?? {}) as Record<string, Argument>);
  const { length } = (controller.prototype as Record<string, Method>)[key] as Method;
  return Array.from({ length }, (_, index) => index).flatMap((index) => {
    const [type, argument] = declared.find(([, each]) => each.index === index) ?? [];
    if (!argument) return [`argument ${index} is taken from nowhere`];
    const harmless = kind === 'message' ? type?.startsWith(`${CONTEXT}:`) : OURS.includes(type?.split(':')[0] ?? '');
    return harmless || argument.schema !== undefined ? [] : [`argument ${index} has no schema`];
  });
}
