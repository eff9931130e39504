using Npgsql;

namespace OrleansTicker.History.Databases;

/// <summary>Reads connection strings of PostgreSQL, and explains in a sentence what is wrong with one.</summary>
public static class PostgreSqlSource
{
    // How long a connection or an answer may take, unless the connection string says otherwise.
    private const int TimeoutSeconds = 3;

    private const string Example = "such as Host=db;Database=orleansticker;Username=gateway;Password=…";

    /// <summary>
    /// The settings of a connection string. The last value of a keyword wins, so the operator's settings override the defaults.
    /// </summary>
    public static NpgsqlConnectionStringBuilder Read(string? connectionString) =>
        new($"Timeout={TimeoutSeconds};Command Timeout={TimeoutSeconds};Application Name=OrleansTicker;{connectionString}");

    /// <summary>Where a database is, for people, without secrets.</summary>
    public static string LocationOf(NpgsqlConnectionStringBuilder settings) =>
        $"{settings.Host}:{settings.Port}{(settings.Database is { } name ? $"/{name}" : "")}";

    /// <summary>What is wrong with a connection string, as far as it shows without connecting; null if nothing.</summary>
    /// <param name="section">The section of the configuration that holds it.</param>
    /// <param name="connectionString">The connection string.</param>
    public static string? ErrorOf(string section, string? connectionString)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            return $"{section}:Provider is PostgreSql: set {section}:ConnectionString, {Example}";
        }

        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = Read(connectionString);
        }
        catch (Exception)
        {
            // The reason is not shown, since it may quote a password.
            return $"{section}:ConnectionString cannot be read; write it in Npgsql's words, {Example}";
        }

        if (string.IsNullOrEmpty(settings.Host))
        {
            return $"{section}:ConnectionString cannot be read: it names no Host; write it in Npgsql's words, {Example}";
        }

        try
        {
            NpgsqlDataSource.Create(settings).Dispose();
            return null;
        }
        catch (Exception exception)
        {
            return Refusal(section, exception, settings); // Some combinations are refused only here.
        }
    }

    /// <summary>The sentence for settings that can be read but that Npgsql, or the system below it, refuses.</summary>
    public static string Refusal(string section, Exception exception, NpgsqlConnectionStringBuilder settings)
    {
        // The message quotes a number that can't be read, and that may be anything. The only numbers that are still text here are ports.
        var reason = exception is FormatException or OverflowException || exception is ArgumentException { ParamName: "port" }
            ? "a port must be a number from 1 to 65535"
            : exception.Message.Split('\n')[0].TrimEnd('.', '\r');
        var secrets = new[] { settings.Password, settings.SslPassword }.Where(secret => !string.IsNullOrEmpty(secret));
        return secrets.Any(secret => reason.Contains(secret!, StringComparison.Ordinal))
            ? $"{section}:ConnectionString is refused; write it in Npgsql's words, {Example}"
            : $"{section}:ConnectionString is refused: {reason}; write it in Npgsql's words, {Example}";
    }
}
