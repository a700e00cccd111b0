import { Inject, Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { NatsContext } from '@nestjs/microservices';
import { DomainError, type Role } from '@bayway/contracts';
import type { MsgHdrs } from '@nats-io/transport-node';
import type { Request } from 'express';
import { setActor } from './request-context.js';
import { TokenVerifier } from './tokens.js';

export const ACCESS = 'bayway:access';

/**
 * Who may use a route or message.
 * `public`: anybody. `services`: whoever nats-server lets send it, by the contract's `from`. `actor`: those, with the
 * short-lived token of a resident. `{ scope }`: a DPoP-bound access token for this service with that scope (HTTP);
 * with `roles`, one that names at least one of them too.
 */
export type AccessRule = 'public' | 'services' | 'actor' | { readonly scope: string; readonly roles?: readonly Role[] };

/** Declares access. A route or message without it is refused to everybody. */
export const Access = (rule: AccessRule): MethodDecorator & ClassDecorator => SetMetadata(ACCESS, rule);

/** Deny by default: reads `@Access`, checks the token it asks for, and remembers who acts. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(TokenVerifier) private readonly tokens: TokenVerifier,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!rule) throw new DomainError('access-undeclared');
    if (context.getType() === 'http') await this.checkHttp(rule, context.switchToHttp().getRequest<Request>());
    else await this.checkMessage(rule, context.switchToRpc().getContext<NatsContext>());
    return true;
  }

  private async checkHttp(rule: AccessRule, request: Request): Promise<void> {
    if (rule === 'public') return;
    if (typeof rule === 'string') throw new DomainError('access-denied');
    const actor = await this.tokens.verifyAccessToken(request);
    if (!actor.scopes.includes(rule.scope)) throw new DomainError('access-denied', { scope: rule.scope });
    const { roles } = rule;
    if (roles && !roles.some((role) => actor.roles.includes(role))) throw new DomainError('access-denied', { roles });
    setActor(actor);
  }

  private async checkMessage(rule: AccessRule, message: NatsContext): Promise<void> {
    if (rule === 'services') return;
    if (rule !== 'actor') throw new DomainError('access-denied');
    const headers = message.getHeaders() as MsgHdrs | undefined;
    setActor(await this.tokens.verifyActorToken(headers?.get('actor') ?? ''));
  }
}
