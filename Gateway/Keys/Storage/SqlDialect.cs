namespace OrleansTicker.Gateway.Keys.Storage;

/// <summary>The few words in which the SQL of the two databases differs.</summary>
/// <param name="Identity">A primary key of 64 bits that the database counts up itself.</param>
/// <param name="Integer">An integer of 64 bits.</param>
/// <param name="Bytes">Bytes.</param>
/// <param name="TableOptions">What stands after a table's columns.</param>
/// <param name="Ids">A table expression of one column <c>id</c>, from the JSON array of numbers in <c>@ids</c>.</param>
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
