/** One of some acts, each with what it does in a sentence. */
import { RadioGroup } from './fields.tsx';

interface ActChoiceProps<Act extends string> {
  label: string;
  acts: Record<Act, { label: string; text: string }>;
  chosen: string | undefined;
  errors: string[];
}

export function ActChoice<Act extends string>({ label, acts, chosen, errors }: ActChoiceProps<Act>) {
  return (
    <RadioGroup
      label={label}
      name="act"
      errors={errors}
      defaultValue={chosen}
      options={Object.entries<{ label: string; text: string }>(acts).map(([value, act]) => ({
        value,
        label: (
          <span className="block leading-175">
            <span className="block font-bold">{act.label}</span>
            <span className="block text-sm">{act.text}</span>
          </span>
        ),
      }))}
    />
  );
}
