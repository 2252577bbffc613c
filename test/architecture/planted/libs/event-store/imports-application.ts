import { useCase } from '#application/use-case';

export const wrong = useCase;
