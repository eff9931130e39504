using Npgsql;

namespace OrleansTicker.Gateway.Keys.Storage;

/// <summary>Makes the source of connections to PostgreSQL, and says in a sentence what is wrong with a connection string.</summary>
internal static class PostgreSqlSource
{
    // How long a connection or an answer may take, unless the connection string says otherwise.
    private const int TimeoutSeconds = 3;

    private const string Example = "such as Host=db;Database=orleansticker;Username=gateway;Password=…";

    /// <summary>The settings of a connection string. Later words go before earlier ones, so those of the operator stand.</summary>
    public static NpgsqlConnectionStringBuilder Read(string? connectionString) =>
        new($"Timeout={TimeoutSeconds};Command Timeout={TimeoutSeconds};Application Name=OrleansTicker;{connectionString}");

    /// <summary>What is wrong with a connection string, as far as that shows without a connection; null for nothing.</summary>
    public static string? ErrorOf(string? connectionString)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            return $"Keys:Provider is {KeyOptions.PostgreSql}: set Keys:ConnectionString, {Example}";
        }

        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = Read(connectionString);
        }
        catch (Exception)
        {
            // What is wrong with it stays untold: the reason may quote a password.
            return $"Keys:ConnectionString cannot be read; write it in Npgsql's words, {Example}";
        }

        if (string.IsNullOrEmpty(settings.Host))
        {
            return $"Keys:ConnectionString cannot be read: it names no Host; write it in Npgsql's words, {Example}";
        }

        try
        {
            NpgsqlDataSource.Create(settings).Dispose();
            return null;
        }
        catch (Exception exception)
        {
            return Refusal(exception, settings); // Some combinations are refused only here.
        }
    }

    /// <summary>The sentence for settings that can be read and that Npgsql, or the system below it, does not take.</summary>
    public static string Refusal(Exception exception, NpgsqlConnectionStringBuilder settings)
    {
        // A number that cannot be read is quoted, and may be anything; of all numbers, only ports are still texts here.
        var reason = exception is FormatException or OverflowException || exception is ArgumentException { ParamName: "port" }
            ? "a port must be a number from 1 to 65535"
            : exception.Message.Split('\n')[0].TrimEnd('.', '\r');
        var secrets = new[] { settings.Password, settings.SslPassword }.Where(secret => !string.IsNullOrEmpty(secret));
        return secrets.Any(secret => reason.Contains(secret!, StringComparison.Ordinal))
            ? $"Keys:ConnectionString is refused; write it in Npgsql's words, {Example}"
            : $"Keys:ConnectionString is refused: {reason}; write it in Npgsql's words, {Example}";
    }
}
