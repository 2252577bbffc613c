import loadHighs from 'highs';
import type { IntegerProgram, IntegerSolver } from '#matching/exact/integer-program';

/** By default a relative gap of 1e-4 is called optimal, and near misses of whole numbers are taken; and every run must go the same way. */
const OPTIONS = {
  output_flag: false,
  mip_rel_gap: 0,
  mip_abs_gap: 0,
  mip_feasibility_tolerance: 1e-9,
  primal_feasibility_tolerance: 1e-9,
  random_seed: 0,
} as const;

type Highs = Awaited<ReturnType<typeof loadHighs>>;

const modelOf = ({ constants }: Highs, { weights, rows }: IntegerProgram) => {
  const all = (value: number): Float64Array => new Float64Array(weights.length).fill(value);
  const starts = new Int32Array(rows.length + 1);
  rows.forEach(({ terms }, row) => (starts[row + 1] = (starts[row] ?? 0) + terms.length));
  const matrix = {
    format: 'csr',
    numRows: rows.length,
    numCols: weights.length,
    starts,
    indices: Int32Array.from(rows.flatMap(({ terms }) => terms.map(([column]) => column))),
    values: Float64Array.from(rows.flatMap(({ terms }) => terms.map(([, coefficient]) => coefficient))),
  } as const;
  return {
    numCols: weights.length,
    numRows: rows.length,
    sense: constants.objectiveSense.maximize,
    colCost: Float64Array.from(weights),
    colLower: all(0),
    colUpper: all(1),
    rowLower: Float64Array.from(rows, ({ least }) => least),
    rowUpper: Float64Array.from(rows, ({ most }) => most),
    matrix,
    integrality: new Int32Array(weights.length).fill(constants.variableType.integer),
  } as const;
};

/** HiGHS in WebAssembly, on the caller's thread. The solver throws where a program came to no proven end. */
export const highsSolver = async (): Promise<IntegerSolver> => {
  const highs = await loadHighs();
  const { optimal, infeasible } = highs.constants.modelStatus;
  return (program) => {
    // of a program without columns HiGHS says nothing but that it is empty
    if (program.weights.length === 0) return program.rows.every(({ least, most }) => least <= 0 && most >= 0) ? [] : null;
    return highs.withModel(modelOf(highs, program), (model) => {
      model.options.set(OPTIONS);
      model.run();
      const status = model.getModelStatus();
      if (status === infeasible) return null;
      if (status !== optimal) throw new Error(`HiGHS came to no proven end: model status ${String(status)}`);
      return [...model.getSolution().colValue].flatMap((value, column) => (value > 0.5 ? [column] : []));
    });
  };
};
