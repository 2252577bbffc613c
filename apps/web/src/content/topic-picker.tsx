import { useCombobox } from 'downshift';
import { useDeferredValue } from 'react';
import { queries } from '../api/client';
import { useTies, type FieldProps } from '../design/fields';
import { defineTexts } from '../i18n/define-texts';
import { useNetwork } from '../session/session';

export interface Topic {
  readonly text: string;
  readonly uri: string | null;
}

const useTopicTexts = defineTexts('topic', {
  fr: {
    label: 'Thème',
    hint: 'Quelques mots suffisent. Un thème de la liste se retrouve mieux ; le vôtre convient aussi.',
    chosen: 'Thème de la liste',
    own: 'Vos propres mots',
    found_one: '{{count}} thème proposé',
    found_other: '{{count}} thèmes proposés',
    found_many: '{{count}} thèmes proposés',
  },
  en: {
    label: 'Topic',
    hint: 'A few words will do. A topic from the list is found more easily; your own is fine, too.',
    chosen: 'A topic of the list',
    own: 'Your own words',
    found_one: '{{count}} topic suggested',
    found_other: '{{count}} topics suggested',
    found_many: '{{count}} topics suggested',
  },
});

/** Topics of the list are suggested while one types; words of one's own are a topic, too. */
export const TopicPicker = ({
  topic,
  onChange,
  error,
}: {
  readonly topic: Topic;
  readonly onChange: (topic: Topic) => void;
  readonly error?: FieldProps['error'];
}) => {
  const say = useTopicTexts();
  const { networkId } = useNetwork();
  const sought = useDeferredValue(topic.text.trim());
  const { data } = queries.useQuery(
    'get',
    '/networks/{networkId}/topics',
    { params: { path: { networkId }, query: { text: sought } } },
    { enabled: sought.length > 1 && topic.uri === null, staleTime: 300_000, placeholderData: (before) => before },
  );
  const items = topic.uri === null && sought.length > 1 ? (data?.topics ?? []).slice(0, 8) : [];
  const { id: inputId, control, below } = useTies({ label: say('label'), hint: say(topic.uri ? 'chosen' : 'hint'), error });
  const { isOpen, getLabelProps, getMenuProps, getInputProps, getItemProps } = useCombobox({
    items,
    inputId,
    inputValue: topic.text,
    itemToString: (item) => item?.label ?? '',
    onSelectedItemChange: ({ selectedItem }) => {
      if (selectedItem) onChange({ text: selectedItem.label, uri: selectedItem.uri });
    },
    selectedItem: null,
  });
  return (
    <div className="field">
      <label {...getLabelProps()}>{say('label')}</label>
      <div className="suggestions">
        <input
          className="input"
          {...getInputProps({
            ...control,
            // told by Downshift it would come a moment later, and who types fast would lose letters
            onChange: ({ currentTarget }) => onChange({ text: currentTarget.value, uri: null }),
          })}
          maxLength={200}
        />
        <ul {...getMenuProps()}>
          {isOpen
            ? items.map((item, index) => (
                <li key={item.uri} {...getItemProps({ item, index })}>
                  {item.label}
                </li>
              ))
            : null}
        </ul>
      </div>
      {below}
    </div>
  );
};
