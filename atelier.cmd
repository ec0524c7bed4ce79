@echo off
rem Atelier's launcher for Windows: finds a JDK, builds when a source is newer than the last build, runs the command.
setlocal EnableExtensions DisableDelayedExpansion
chcp 65001 >nul
set "HOME_DIR=%~dp0"
set "HOME_DIR=%HOME_DIR:~0,-1%"
set "TARGET=%HOME_DIR%\target"

rem --- The JDK: JAVA_HOME where it is set, else the one on PATH ---

if not defined JAVA_HOME goto findjava
if not exist "%JAVA_HOME%\" (
  echo atelier: JAVA_HOME: expected the folder of a JDK but got %JAVA_HOME%, which is no folder. Set JAVA_HOME to a JDK 17 or newer, or unset it.>&2
  exit /b 2
)
if not exist "%JAVA_HOME%\bin\java.exe" (
  echo atelier: JAVA_HOME: expected a JDK but got %JAVA_HOME%, which has no bin\java.exe. Set JAVA_HOME to a JDK 17 or newer, or unset it.>&2
  exit /b 2
)
if not exist "%JAVA_HOME%\bin\javac.exe" (
  echo atelier: JAVA_HOME: expected a JDK but got %JAVA_HOME%, a runtime without javac. Set JAVA_HOME to a JDK 17 or newer, or unset it.>&2
  exit /b 2
)
goto version

:findjava
where java >nul 2>nul || (
  echo atelier: Java: expected a JDK on PATH but got none. Install a JDK 17 or newer, or set JAVA_HOME to one.>&2
  exit /b 2
)
rem The java on PATH may be a link: it knows its own home
for /f "tokens=1,* delims==" %%a in ('java -XshowSettings:properties -version 2^>^&1 ^| findstr /c:"java.home"') do set "JAVA_HOME=%%b"
if defined JAVA_HOME set "JAVA_HOME=%JAVA_HOME:~1%"
if not exist "%JAVA_HOME%\bin\javac.exe" (
  echo atelier: Java: expected a JDK on PATH but got %JAVA_HOME%, a runtime without javac. Install a JDK 17 or newer, or set JAVA_HOME to one.>&2
  exit /b 2
)

:version
set "VERSION=0"
for /f "tokens=3" %%v in ('call "%JAVA_HOME%\bin\java.exe" -version 2^>^&1 ^| findstr /c:" version "') do set "VERSION=%%~v"
for /f "tokens=1 delims=.-+" %%v in ("%VERSION%") do set "VERSION=%%v"
if %VERSION% LSS 17 (
  echo atelier: Java: expected 17 or newer but got %VERSION% in %JAVA_HOME%. Install a JDK 17 or newer, or set JAVA_HOME to one.>&2
  exit /b 2
)

rem --- The build: PowerShell compares the times; one launcher at a time through a folder that only one can make ---

call :fresh && goto run
if not exist "%TARGET%\" mkdir "%TARGET%"
:lock
mkdir "%TARGET%\atelier.lock" 2>nul && goto locked
echo atelier: another atelier is building; waiting for it ... (if none is, remove %TARGET%\atelier.lock)>&2
timeout /t 2 /nobreak >nul
goto lock
:locked
call :fresh || call :build
set "STATUS=%ERRORLEVEL%"
rmdir "%TARGET%\atelier.lock"
if not "%STATUS%"=="0" exit /b 1

:run
rem The class path is longer than a command line may be: an argument file takes it
powershell -NoProfile -Command "$path = $env:TARGET + '\classes;' + (Get-Content -Raw -Encoding UTF8 ($env:TARGET + '\atelier.classpath')).Trim(); $text = '-cp ' + [char]34 + $path.Replace('\','/') + [char]34; [IO.File]::WriteAllText($env:TARGET + '\atelier.args', $text, [Text.Encoding]::Default)"
set "VECTOR=--add-modules jdk.incubator.vector"
if "%~1"=="" set "VECTOR="
for %%c in (lab data test -h --help -V --version) do if "%~1"=="%%c" set "VECTOR="
set "NEWER="
if %VERSION% GEQ 24 set "NEWER=--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
"%JAVA_HOME%\bin\java.exe" %VECTOR% %NEWER% -XX:+UseSerialGC -Xms48m -XX:MaxRAMPercentage=50 -Djava.awt.headless=true "-Datelier.home=%HOME_DIR%" -Djavacpp.platform=windows-x86_64 -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 -Dsun.stdout.encoding=UTF-8 -Dsun.stderr.encoding=UTF-8 "@%TARGET%\atelier.args" atelier.cli.Main %*
exit /b %ERRORLEVEL%

:fresh
if not exist "%TARGET%\atelier.built" exit /b 1
if not exist "%TARGET%\classes\" exit /b 1
powershell -NoProfile -Command "$built = (Get-Item -LiteralPath ($env:TARGET + '\atelier.built')).LastWriteTime; $newer = 'pom.xml', '.mvn', 'src\main' | ForEach-Object { Get-ChildItem -Recurse -LiteralPath (Join-Path $env:HOME_DIR $_) } | Where-Object { $_.LastWriteTime -gt $built } | Select-Object -First 1; if ($newer) { exit 1 } else { exit 0 }"
exit /b %ERRORLEVEL%

:build
echo atelier: building ...>&2
if exist "%TARGET%\classes\" rmdir /s /q "%TARGET%\classes"
if exist "%TARGET%\atelier.built" del /q "%TARGET%\atelier.built"
type nul >"%TARGET%\atelier.building"
set "MVN=%HOME_DIR%\mvnw.cmd"
for /f "tokens=3" %%v in ('mvn -version 2^>nul ^| findstr /b /c:"Apache Maven"') do set "MAVEN_VERSION=%%v"
for /f "tokens=1,2 delims=." %%a in ("%MAVEN_VERSION%") do (
  if %%a GTR 3 set "MVN=mvn"
  if %%a==3 if %%b GEQ 8 set "MVN=mvn"
)
pushd "%HOME_DIR%"
call "%MVN%" --batch-mode --quiet -Djavacpp.platform=windows-x86_64 compile dependency:build-classpath -Dmdep.includeScope=runtime "-Dmdep.outputFile=target\atelier.classpath"
set "BUILT=%ERRORLEVEL%"
popd
if not "%BUILT%"=="0" (
  echo atelier: the build failed; Maven says why above.>&2
  exit /b 1
)
move /y "%TARGET%\atelier.building" "%TARGET%\atelier.built" >nul
exit /b 0
