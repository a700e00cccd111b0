import { Controller, Get } from '@nestjs/common';
import { Purpose, standingTemplate, templates, TEMPLATES_VERSION } from '@bayway/domain';
import { Access, Answers } from '@bayway/service';
import { z } from 'zod';

const count = z.int().min(1);
const TemplatesView = z.object({
  version: z.int(),
  templates: z.array(
    z.object({
      id: z.string().max(40),
      dataset: z.string().max(40).nullable(),
      /** Empty: every purpose that no other template names. */
      purposes: z.array(Purpose).max(40),
      limits: z.object({ days: count, uses: count, perDay: count, rangeDays: count, retentionDays: count }),
    }),
  ),
});

/** Who asks for a record may know beforehand how much may be asked. */
@Controller('purpose-templates')
@Access('public')
export class TemplatesController {
  @Get()
  @Answers(TemplatesView)
  all(): z.infer<typeof TemplatesView> {
    return {
      version: TEMPLATES_VERSION,
      templates: [...templates, standingTemplate].map((template) => ({
        ...template,
        purposes: [...template.purposes],
      })),
    };
  }
}
