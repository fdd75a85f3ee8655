/** The windows of rate-limiter-flexible. */
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';
import { DATABASE_DEFAULT } from './database-default.ts';

export class RateLimit extends Model<InferAttributes<RateLimit>, InferCreationAttributes<RateLimit>> {
  declare key: string;
  declare points: CreationOptional<number>;
  declare expire: CreationOptional<string | null>;

  static define(sequelize: Sequelize): void {
    RateLimit.init(
      {
        key: { type: DataTypes.STRING(255), primaryKey: true, allowNull: false },
        points: { type: DataTypes.INTEGER, allowNull: false, defaultValue: DATABASE_DEFAULT },
        expire: { type: DataTypes.BIGINT },
      },
      { sequelize, tableName: 'rate_limits' },
    );
  }
}
