namespace OrleansTicker.History.Sqlite;

/// <summary>A symbol as the file knows it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name, such as <c>BTC-USD</c>.</param>
/// <param name="Shard">The number of its shard.</param>
internal sealed record SqliteSymbol(long Id, string Name, long Shard);
