/** Everything that is or was applied for: the same on the confirm page, in the history and for staff. */
import type { ApplicationContent, ApplicationItem, Delivery, Orderer } from '../../domain/application/content.ts';
import { deliveryFields, ordererFields } from '../../domain/application/draft-form.ts';
import { rentalDays } from '../../domain/application/rental-period.ts';
import { readableDate } from '../../domain/jst.ts';
import {
  applicationTexts,
  deliveryLabels,
  itemLabels,
  kindLabels,
  ordererLabels,
  rentalClassLabels,
  sectionLabels,
} from '../texts/application.ts';
import { Facts } from './facts.tsx';
import { Card } from './page.tsx';

export function ApplicationContentCards({ content }: { content: ApplicationContent }) {
  return (
    <>
      <Card title={sectionLabels.orderer}>
        <Facts facts={ordererFacts(content.orderer)} />
      </Card>
      <Card title={sectionLabels.rental}>
        <Facts
          facts={[
            { label: sectionLabels.kind, value: kindLabels[content.kind] },
            { label: applicationTexts.rentalClass, value: rentalClassLabels[content.rentalClass] },
          ]}
        />
      </Card>
      <Card title={sectionLabels.deliveries}>
        {content.deliveries.map((delivery, index) => (
          <DeliveryFacts key={index} delivery={delivery} position={index + 1} />
        ))}
      </Card>
      <Card title={sectionLabels.items}>
        <ul className="divide-y divide-solid-gray-300">
          {content.items.map((item, index) => (
            <ItemFacts key={index} item={item} />
          ))}
        </ul>
      </Card>
      <Card title={sectionLabels.others}>
        <Facts
          facts={[
            { label: applicationTexts.customerReference, value: content.customerReference || applicationTexts.blank },
            { label: applicationTexts.remarks, value: content.remarks || applicationTexts.blank },
          ]}
        />
      </Card>
    </>
  );
}

function ItemFacts({ item }: { item: ApplicationItem }) {
  const { startsOn, endsOn } = item;
  const period = applicationTexts.periodValue(
    readableDate(startsOn),
    readableDate(endsOn),
    rentalDays(startsOn, endsOn),
  );
  return (
    <li className="py-5 first:pt-0 last:pb-0">
      <Facts
        facts={[
          { label: itemLabels.productCode, value: <strong>{item.productCode}</strong> },
          { label: applicationTexts.productName, value: item.productName },
          { label: applicationTexts.period, value: period },
          { label: itemLabels.quantity, value: item.quantity },
        ]}
      />
    </li>
  );
}

function DeliveryFacts({ delivery, position }: { delivery: Delivery; position: number }) {
  const facts = deliveryFields.map((field) => ({
    label: deliveryLabels[field],
    value: delivery[field] || applicationTexts.blank,
  }));
  return (
    <section>
      <h3 className="mb-3 font-bold">{applicationTexts.delivery(position)}</h3>
      <Facts facts={facts} />
    </section>
  );
}

const ordererFacts = (orderer: Orderer) =>
  ordererFields.map((field) => ({ label: ordererLabels[field], value: orderer[field] || applicationTexts.blank }));
