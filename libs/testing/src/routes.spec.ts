import { describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, Headers, Module, Param, Post, Req, Res } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { issuePermit } from '@bayway/contracts';
import { Access, Answers, Handles } from '@bayway/service';
import { z } from 'zod';
import { routesOf } from './routes.js';

const Text = z.string().max(10);

@Controller('good')
@Access({ scope: 'consent' })
class Good {
  @Get(':id')
  @Answers(Text)
  one(@Param('id', { schema: Text }) id: string, @Res({ passthrough: true }) _response: unknown): string {
    return id;
  }

  @Handles(issuePermit)
  @Access('services')
  permit(@Payload({ schema: issuePermit.request }) _body: unknown): unknown {
    return this.notARoute();
  }

  notARoute(): null {
    return null;
  }
}

@Controller('bad')
class Bad {
  @Post()
  open(@Body() _body: unknown, @Headers('x') _header: string, @Req() _request: unknown, _more?: string): string {
    return '';
  }

  @Handles(issuePermit)
  message(@Payload() _body: unknown): unknown {
    return null;
  }
}

@Module({ controllers: [Bad] })
class Inner {}
@Module({ controllers: [Good], imports: [Inner] })
class Outer {}

describe('routesOf', () => {
  const checks = new Map(routesOf(Outer).map((check) => [check.name, check]));

  it('finds every route and message of a module and of what it imports, and nothing else', () => {
    expect([...checks.keys()]).toEqual(['Good.one', 'Good.permit', 'Bad.open', 'Bad.message']);
    expect(checks.get('Good.permit')).toMatchObject({ kind: 'message', access: 'services' });
  });

  it('has nothing to say about one that declares all', () => {
    expect(checks.get('Good.one')).toEqual({
      name: 'Good.one',
      kind: 'route',
      access: { scope: 'consent' },
      faults: [],
    });
    expect(checks.get('Good.permit')?.faults).toEqual([]);
  });

  it('names everything that is not declared', () => {
    expect(checks.get('Bad.open')?.faults).toEqual([
      'declares no access',
      'declares no answer',
      'argument 0 has no schema',
      'argument 1 has no schema',
      'argument 2 has no schema',
      'argument 3 is taken from nowhere',
    ]);
    expect(checks.get('Bad.message')?.faults).toEqual(['declares no access', 'argument 0 has no schema']);
  });
});
