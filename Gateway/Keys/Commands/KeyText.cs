using System.Globalization;
using OrleansTicker.Gateway.Commands;

namespace OrleansTicker.Gateway.Keys.Commands;

/// <summary>Formats API keys for people. Times are UTC.</summary>
internal static class KeyText
{
    private static readonly string[] Heads = ["ID", "HINT", "NAME", "USER", "ROLE", "STATE", "CREATED", "EXPIRES", "LAST USED"];

    /// <summary>A new key, which is shown only this once.</summary>
    public static string Created(CreatedApiKey created) =>
        $"""
        {NameOf(created.Record)} of user {created.Record.UserId}, role {created.Record.Role}, {Expiry(created.Record)}:

          {created.Key}

        It is shown this once, and kept as a hash.
        """;

    /// <summary>How messages name a key.</summary>
    public static string NameOf(ApiKeyRecord key) => $"Key {key.Id} \"{key.Name}\" ({key.Hint}…)";

    /// <summary>An instant, or a dash.</summary>
    public static string Time(DateTimeOffset? instant) =>
        instant?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "-";

    /// <summary>Keys in columns, one per line.</summary>
    public static string Table(IReadOnlyList<ApiKeyRecord> keys, DateTimeOffset now)
    {
        if (keys.Count == 0)
        {
            return "There are no such API keys.";
        }

        return TextTable.Of([Heads, .. keys.Select(key => Row(key, now))]);
    }

    private static string[] Row(ApiKeyRecord key, DateTimeOffset now) =>
    [
        key.Id.ToString(CultureInfo.InvariantCulture),
        key.Hint,
        key.Name,
        key.UserId,
        key.Role,
        ApiKeyJson.WordOf(key.StateAt(now)) + (key.ReplacedBy is { } successor ? $", see {successor}" : "") + (key.IsDemo ? ", demo" : ""),
        Time(key.CreatedAt),
        Time(key.ExpiresAt),
        Time(key.LastUsedAt),
    ];

    private static string Expiry(ApiKeyRecord key) => key.ExpiresAt is null ? "never expires" : $"expires {Time(key.ExpiresAt)}";
}
