using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.History;

/// <summary>Where candles are kept, and for how long: section <c>History</c>. All silos of a cluster need equal values.</summary>
public sealed class HistoryOptions
{
    /// <summary>The section of the configuration that holds these options.</summary>
    public const string Section = "History";

    /// <summary>The provider that keeps nothing beyond what is in memory.</summary>
    public const string None = "None";

    /// <summary>The provider that keeps candles in a file.</summary>
    public const string Sqlite = "Sqlite";

    /// <summary>The provider that keeps candles on a server, for silos on several machines.</summary>
    public const string PostgreSql = "PostgreSql";

    /// <summary><see cref="Sqlite"/>, the default, <see cref="PostgreSql"/> or <see cref="None"/>; in any case of letters.</summary>
    public string Provider { get; set; } = Sqlite;

    /// <summary>The SQLite file; a relative path counts from the content root. <c>data/history.db</c> by default.</summary>
    public string Path { get; set; } = "data/history.db";

    /// <summary>The PostgreSQL server and database, in Npgsql's words; none by default. It may hold a password: never to be logged.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>How long seconds are kept, at least 10 minutes. One hour by default.</summary>
    public TimeSpan KeepSeconds { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long minutes are kept, at least 2 days. 30 days by default.</summary>
    public TimeSpan KeepMinutes { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long hours are kept, at least 3 days. 730 days by default.</summary>
    public TimeSpan KeepHours { get; set; } = TimeSpan.FromDays(730);

    /// <summary>How long days are kept; null, the default, for ever.</summary>
    public TimeSpan? KeepDays { get; set; }

    /// <summary>Whether this is the provider, whatever the case of its letters.</summary>
    public bool IsProvider(string provider) => string.Equals(Provider, provider, StringComparison.OrdinalIgnoreCase);

    /// <summary>How long an interval that is kept is kept; null for ever.</summary>
    public TimeSpan? KeepFor(CandleInterval interval) => interval switch
    {
        CandleInterval.Second => KeepSeconds,
        CandleInterval.Minute => KeepMinutes,
        CandleInterval.Hour => KeepHours,
        CandleInterval.Day => KeepDays,
        _ => throw new ArgumentOutOfRangeException(nameof(interval), interval, "Candles of this interval are not kept."),
    };
}
