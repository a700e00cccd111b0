import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

/** Serves `/openapi.json`, made from the routes and their schemas. */
export function publishOpenApi(app: NestExpressApplication, service: string): void {
  const head = new DocumentBuilder().setTitle(`Bayway ${service}`).setVersion('1').build();
  let document: object | undefined;
  app.getHttpAdapter().get('/openapi.json', ((_request: unknown, response: { json(body: object): void }) => {
    document ??= SwaggerModule.createDocument(app, head);
    response.json(document);
  }) as never);
}
