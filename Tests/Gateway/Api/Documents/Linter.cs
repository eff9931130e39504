using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Api.Documents;

/// <summary>The linter for OpenAPI documents.</summary>
internal static class Linter
{
    private static readonly NodePackage Package = new(
        "Tests/Gateway/Api/Documents/lint",
        ("REDOCLY_TELEMETRY", "off"),
        ("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true"));

    /// <summary>Runs the linter; skips the calling test if it is not to be had on this machine.</summary>
    /// <param name="document">The file with the document.</param>
    /// <returns>Its exit code, and what it writes.</returns>
    public static Task<(int ExitCode, string Output)> RunAsync(string document) =>
        Package.RunAsync("node_modules/@redocly/cli/bin/cli.js", "lint", "--config", "redocly.yaml", document);
}
