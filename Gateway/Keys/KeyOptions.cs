namespace OrleansTicker.Gateway.Keys;

/// <summary>Where the API keys are stored. All gateways of a cluster need equal values.</summary>
internal sealed class KeyOptions
{
    /// <summary>The section of the configuration that holds these options.</summary>
    public const string Section = "Keys";

    /// <summary>The provider that keeps the keys in a file.</summary>
    public const string Sqlite = "Sqlite";

    /// <summary>The provider that keeps the keys on a server, for gateways on several machines.</summary>
    public const string PostgreSql = "PostgreSql";

    /// <summary><see cref="Sqlite"/>, the default, or <see cref="PostgreSql"/>; in any case of letters.</summary>
    public string Provider { get; set; } = Sqlite;

    /// <summary>
    /// The SQLite file of the keys; a relative path counts from the content root. Its folder, made at the first start for
    /// the owner alone, also holds the demo key in Development, with either provider. <c>data/keys.db</c> by default.
    /// </summary>
    public string Path { get; set; } = "data/keys.db";

    /// <summary>The PostgreSQL server and database, in Npgsql's words; none by default. It may hold a password: never to be logged.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Whether this is the provider, whatever the case of its letters.</summary>
    public bool IsProvider(string provider) => string.Equals(Provider, provider, StringComparison.OrdinalIgnoreCase);

    /// <summary><see cref="Path"/> as it is on this machine.</summary>
    public string PathIn(IHostEnvironment environment) => System.IO.Path.GetFullPath(Path, environment.ContentRootPath);
}
