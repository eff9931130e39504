using System.Diagnostics;
using System.Security.Cryptography;

namespace OrleansTicker.Tests.Hosting;

/// <summary>
/// Scripts of this repository that need packages of npm: copied beside the tests, with the packages of their lock file installed there, once
/// for all tests. A test that uses them is skipped where Node.js or npm is not to be had.
/// </summary>
/// <param name="source">Their folder in this repository. The lock file is there.</param>
/// <param name="environment">What the scripts find in their environment, beside that of the tests.</param>
internal sealed class NodePackage(string source, params (string Name, string Value)[] environment)
{
    private const string Installed = "node_modules";

    /// <summary>How long installing or running may take, on a busy machine with a slow network.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly Lock _lock = new();
    private Task<string>? _folder;

    /// <summary>Runs Node.js in the folder of the copy.</summary>
    /// <param name="arguments">A script in this folder, and what it is given; or options of Node.js.</param>
    /// <returns>Its exit code, and what it writes.</returns>
    public async Task<(int ExitCode, string Output)> RunAsync(params IEnumerable<string> arguments) =>
        await StartAsync("node", await InstallOnceAsync(), arguments);

    /// <returns>The copy's folder.</returns>
    public Task<string> InstallOnceAsync()
    {
        lock (_lock)
        {
            return _folder ??= InstallAsync();
        }
    }

    private async Task<string> InstallAsync()
    {
        var from = Path.Combine(Repository.Root, source);
        var lockFile = await File.ReadAllBytesAsync(Path.Combine(from, "package-lock.json"), TestContext.Current.CancellationToken);
        var hash = Convert.ToHexStringLower(SHA256.HashData(lockFile))[..8];
        var folder = Path.Combine(AppContext.BaseDirectory, "scripts", $"{Path.GetFileName(source)}-{hash}");
        Copy(new DirectoryInfo(from), Directory.CreateDirectory(folder));

        // npm writes this file last.
        if (!File.Exists(Path.Combine(folder, Installed, ".package-lock.json")))
        {
            var (exitCode, output) = await StartAsync("npm", folder, ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
            Assert.SkipWhen(exitCode != 0, $"npm could not install the packages of {source}: {output}");
        }

        return folder;
    }

    /// <summary>Makes the copy the same, but for the packages.</summary>
    private static void Copy(DirectoryInfo from, DirectoryInfo to)
    {
        foreach (var old in to.EnumerateFileSystemInfos().Where(old => old.Name != Installed))
        {
            if (old is DirectoryInfo folder)
            {
                folder.Delete(recursive: true);
            }
            else
            {
                old.Delete();
            }
        }

        foreach (var file in from.EnumerateFiles())
        {
            file.CopyTo(Path.Combine(to.FullName, file.Name));
        }

        foreach (var folder in from.EnumerateDirectories().Where(folder => folder.Name != Installed))
        {
            Copy(folder, to.CreateSubdirectory(folder.Name));
        }
    }

    private async Task<(int ExitCode, string Output)> StartAsync(string program, string folder, IEnumerable<string> arguments)
    {
        var stop = TestContext.Current.CancellationToken;
        var places = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var path = places.Select(place => Path.Combine(place, program)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, $"{program} is not installed.");
        var start = new ProcessStartInfo(path!, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["NO_COLOR"] = "1" },
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(stop), process.StandardError.ReadToEndAsync(stop));
            await process.WaitForExitAsync(stop).WaitAsync(Patience, TimeProvider.System, stop);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
