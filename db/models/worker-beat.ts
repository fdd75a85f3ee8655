/** A worker process that runs now, or did when it died. */
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';
import { DATABASE_DEFAULT } from './database-default.ts';

export class WorkerBeat extends Model<InferAttributes<WorkerBeat>, InferCreationAttributes<WorkerBeat>> {
  declare workerId: string;
  declare beatenAt: CreationOptional<Date>;

  static define(sequelize: Sequelize): void {
    WorkerBeat.init(
      {
        workerId: { type: DataTypes.UUID, primaryKey: true, allowNull: false },
        beatenAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DATABASE_DEFAULT },
      },
      { sequelize, tableName: 'worker_beats' },
    );
  }
}
