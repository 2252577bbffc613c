export interface RoundInputsSource {
  freeze(): Promise<unknown>;
}
