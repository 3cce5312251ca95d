import type { EnvironmentDefinition } from "./definition.ts";

export interface CuratedEnvironment {
  name: string;
  version: string;
  description: string;
  definition: EnvironmentDefinition;
}

/** The environments that ship with the studio. A change of packages is a new version; old ones stay as they were. */
export const curatedEnvironments: CuratedEnvironment[] = [
  {
    name: "sklearn-1.5",
    version: "1",
    description: "scikit-learn 1.5 with pandas, Parquet, charts and MLflow, for tables of any kind.",
    definition: {
      kind: "pip",
      requirements: [
        "scikit-learn==1.5.*",
        "pandas==2.2.*",
        "numpy<2.3",
        "pyarrow",
        "matplotlib==3.*",
        "mlflow==3.6.*",
        // MLflow 3.6 does not start with 2.1.
        "sqlalchemy<2.1",
        "pip",
      ],
    },
  },
  {
    name: "designer-1",
    version: "1",
    description: "scikit-learn, LightGBM, pandas, imbalanced-learn: what the modules run in.",
    definition: {
      kind: "pip",
      requirements: [
        "scikit-learn==1.5.*",
        "lightgbm==4.*",
        "imbalanced-learn==0.12.*",
        "pandas==2.2.*",
        "numpy<2.3",
        "scipy",
        "pyarrow",
        "joblib",
        "cloudpickle",
        "pyyaml",
        // Pipelines that score are served as MLflow models.
        "mlflow-skinny==3.6.*",
        // For scripts that people write; no module draws.
        "matplotlib==3.*",
      ],
    },
  },
];
