using System.Diagnostics;
using System.Security.Cryptography;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Api.Documents;

/// <summary>The linter for OpenAPI documents, in the version that the lock file beside it names, installed beside the tests.</summary>
internal static class Linter
{
    private static readonly string Source = Path.Combine(Repository.Root, "Tests/Gateway/Api/Documents/lint");

    /// <summary>Runs the linter; skips the calling test if it is not to be had on this machine.</summary>
    /// <param name="document">The file with the document.</param>
    /// <returns>Its exit code, and what it writes.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string document)
    {
        var folder = await InstallAsync();
        return await StartAsync("node", folder, Path.Combine(folder, "node_modules/@redocly/cli/bin/cli.js"), "lint", "--config", "redocly.yaml", document);
    }

    private static async Task<string> InstallAsync()
    {
        var lockFile = await File.ReadAllBytesAsync(Path.Combine(Source, "package-lock.json"), ApiHost.Stop);
        var folder = Path.Combine(AppContext.BaseDirectory, "lint", Convert.ToHexStringLower(SHA256.HashData(lockFile))[..8]);
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(Source))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }

        // npm writes this file last.
        if (!File.Exists(Path.Combine(folder, "node_modules/.package-lock.json")))
        {
            var (exitCode, output) = await StartAsync("npm", folder, "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            Assert.SkipWhen(exitCode != 0, $"npm could not install the linter: {output}");
        }

        return folder;
    }

    private static async Task<(int ExitCode, string Output)> StartAsync(string program, string folder, params string[] arguments)
    {
        var places = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var path = places.Select(place => Path.Combine(place, program)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, $"{program} is not installed.");
        var start = new ProcessStartInfo(path!, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["REDOCLY_TELEMETRY"] = "off", ["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true", ["NO_COLOR"] = "1" },
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(ApiHost.Stop), process.StandardError.ReadToEndAsync(ApiHost.Stop));
        await process.WaitForExitAsync(ApiHost.Stop).WithinTimeoutAsync();
        return (process.ExitCode, await output + await errors);
    }
}
