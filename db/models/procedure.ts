/** A procedure that waits for its member to open a mailed link. */
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';
import { DATABASE_DEFAULT } from './database-default.ts';

export class Procedure extends Model<InferAttributes<Procedure>, InferCreationAttributes<Procedure>> {
  declare id: CreationOptional<string>;
  declare kind: string;
  declare state: string;
  declare memberId: CreationOptional<string | null>;
  declare loginId: CreationOptional<string | null>;
  declare addressCanonical: CreationOptional<string | null>;
  declare newAddress: CreationOptional<string | null>;
  declare newAddressCanonical: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare stateAt: CreationOptional<Date>;
  declare dueAt: Date;
  declare expiresAt: Date;
  declare endedAt: CreationOptional<Date | null>;

  static define(sequelize: Sequelize): void {
    Procedure.init(
      {
        id: { type: DataTypes.UUID, primaryKey: true, defaultValue: DataTypes.UUIDV4, allowNull: false },
        kind: { type: DataTypes.TEXT, allowNull: false },
        state: { type: DataTypes.TEXT, allowNull: false },
        memberId: { type: DataTypes.UUID },
        loginId: { type: DataTypes.TEXT },
        addressCanonical: { type: DataTypes.TEXT },
        newAddress: { type: DataTypes.TEXT },
        newAddressCanonical: { type: DataTypes.TEXT },
        createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DATABASE_DEFAULT },
        stateAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DATABASE_DEFAULT },
        dueAt: { type: DataTypes.DATE, allowNull: false },
        expiresAt: { type: DataTypes.DATE, allowNull: false },
        endedAt: { type: DataTypes.DATE },
      },
      { sequelize, tableName: 'procedures' },
    );
  }
}
