/** A 利用者 that came by an import: the same row of a file never comes twice. */
import { DataTypes, type InferAttributes, type InferCreationAttributes, Model, type Sequelize } from 'sequelize';

export class ImportedMember extends Model<InferAttributes<ImportedMember>, InferCreationAttributes<ImportedMember>> {
  declare accountId: string;
  declare addressCanonical: string;
  declare memberId: string;
  declare importId: string;

  static define(sequelize: Sequelize): void {
    ImportedMember.init(
      {
        accountId: { type: DataTypes.UUID, primaryKey: true, allowNull: false },
        addressCanonical: { type: DataTypes.TEXT, primaryKey: true, allowNull: false },
        memberId: { type: DataTypes.UUID, allowNull: false },
        importId: { type: DataTypes.UUID, allowNull: false },
      },
      { sequelize, tableName: 'imported_members' },
    );
  }
}
