namespace OrleansTicker.Gateway.Keys.Storage;

/// <summary>The parts of SQL in which the two databases differ.</summary>
/// <param name="Identity">A primary key of 64 bits that the database generates.</param>
/// <param name="Integer">The type of an integer of 64 bits.</param>
/// <param name="Bytes">The type of bytes.</param>
/// <param name="TableOptions">What follows a table's columns.</param>
/// <param name="Ids">A table expression with one column <c>id</c>, from the JSON array of numbers in <c>@ids</c>.</param>
internal sealed record SqlDialect(string Identity, string Integer, string Bytes, string TableOptions, string Ids)
{
    /// <summary>SQLite's.</summary>
    public static readonly SqlDialect Sqlite = new(
        "INTEGER PRIMARY KEY", "INTEGER", "BLOB", "STRICT", "(SELECT value AS id FROM json_each(@ids))");

    /// <summary>PostgreSQL's.</summary>
    public static readonly SqlDialect PostgreSql = new(
        "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
        "BIGINT",
        "BYTEA",
        "",
        "(SELECT value::BIGINT AS id FROM json_array_elements_text(@ids::JSON))");
}
